import { auditQuerySchema, getAudit } from '../../../contract/audit.ts';
import { listChanges, listDenied } from '../../../services/audit/list-audit.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentChange, presentDenied } from '../../present-audit.ts';

export const getAuditEndpoint = sessionEndpoint(getAudit, async (context, { session, query }) => {
  const { outcome, ...asked } = auditQuerySchema.parse(query);
  const search = { ...asked, fromMs: asked.fromMs, untilMs: asked.untilMs, before: asked.before };
  if (outcome === 'denied') {
    const { entries, next } = await listDenied(context, session.identity, search);
    return { status: 200, body: { entries: entries.map(presentDenied), next: next ?? null } };
  }
  const { entries, next } = await listChanges(context, session.identity, search);
  return { status: 200, body: { entries: entries.map(presentChange), next: next ?? null } };
});
