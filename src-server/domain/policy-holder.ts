/** What a policy can be attached to. */
export type PolicyHolder = 'user' | 'group' | 'role';
