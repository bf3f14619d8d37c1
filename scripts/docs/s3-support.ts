import { HEADER_RULES, type HeaderRule } from '../../src-server/s3/http/header-rules.ts';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';

/** The text of docs/s3-support.md. */
export function s3Support(): string {
  const rows = OPERATION_TABLE.filter((row) => row.supersededBy === undefined);
  const done = rows.filter((row) => row.handler !== 'not-implemented');
  return `# S3 support

Generated from \`src-server/s3/operation-table\` and \`src-server/s3/http/header-rules.ts\` by \`node scripts/generate-docs.ts\`;
a test holds it current, and another holds the table against AWS's own model of S3.

**${done.length} of ${rows.length} actions are implemented.** The table below knows every action of AWS by name. One that is not implemented
answers 501 \`NotImplemented\` and touches nothing; so does a sub-resource that AWS has and this table does not have for the
method. Query parameters and headers that AWS ignores are ignored.

${['service', 'bucket', 'object'].map((scope) => section(scope, rows)).join('\n')}
## Request headers

Every \`x-amz-*\` header of AWS's model. *Refused* headers ask for something that is not done yet and answer 501.

| header | what happens |
|---|---|
${[...HEADER_RULES].map(([name, rule]) => `| \`${name}\` | ${describeRule(rule)} |`).join('\n')}

## Superseded actions

${OPERATION_TABLE.filter((row) => row.supersededBy !== undefined)
  .map((row) => `- ${row.action}: the same request as ${row.supersededBy}`)
  .join('\n')}
`;
}

function section(scope: string, rows: readonly AnyOperationRow[]): string {
  const lines = rows.filter((row) => row.scope === scope).map(tableRow);
  return `## Actions on ${scope === 'service' ? 'the service' : scope === 'bucket' ? 'buckets' : 'objects'}

| action | request | permission | |
|---|---|---|---|
${lines.join('\n')}
`;
}

function tableRow(row: AnyOperationRow): string {
  const path = { service: '/', bucket: '/{Bucket}', object: '/{Bucket}/{Key}' }[row.scope];
  const parameters = Object.entries(row.query ?? {}).map(([name, value]) => `${name}=${value === '*' ? '…' : value}`);
  const query = [...(row.subresource === undefined ? [] : [row.subresource]), ...parameters].join('&');
  const header = row.requestHeader === undefined ? '' : ` with \`${row.requestHeader}\``;
  const request = `\`${row.method} ${path}${query === '' ? '' : `?${query}`}\`${header}`;
  return `| ${row.action} | ${request} | \`${row.iamAction}\` | ${row.handler === 'not-implemented' ? '501' : 'yes'} |`;
}

function describeRule(rule: HeaderRule): string {
  if (typeof rule === 'string') return rule;
  const list = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(', ');
  return `${list(rule.values)}; refused: ${list(rule.refusedValues)}`;
}
