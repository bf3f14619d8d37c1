@rem npm runs scripts through sh, where `exec` lets signals reach the program; on Windows cmd finds this file instead.
@%*
