import { type CorsRule, corsRuleSchema } from '../../../src-server/contract/bucket-settings.ts';

/** A rule as it is edited: lists are words of a text. */
export interface CorsDraft {
  readonly id: number;
  readonly origins: string;
  readonly methods: readonly CorsRule['allowedMethods'][number][];
  readonly headers: string;
  readonly exposed: string;
  readonly maxAge: string;
  /** The rule's own id, kept as it is. */
  readonly ruleId: string | undefined;
}

export const EMPTY_DRAFT: Omit<CorsDraft, 'id'> = {
  origins: '',
  methods: ['GET', 'HEAD'],
  headers: '*',
  exposed: 'ETag',
  maxAge: '3600',
  ruleId: undefined,
};

export function toDraft(rule: CorsRule, id: number): CorsDraft {
  return {
    id,
    origins: rule.allowedOrigins.join(' '),
    methods: rule.allowedMethods,
    headers: rule.allowedHeaders.join(' '),
    exposed: rule.exposeHeaders.join(' '),
    maxAge: rule.maxAgeSeconds === undefined ? '' : String(rule.maxAgeSeconds),
    ruleId: rule.id,
  };
}

/** The rule that a draft describes, or undefined where a part of it is missing or wrong. */
export function fromDraft(draft: CorsDraft): CorsRule | undefined {
  const maxAge = draft.maxAge.trim();
  const parsed = corsRuleSchema.safeParse({
    ...(draft.ruleId === undefined ? {} : { id: draft.ruleId }),
    allowedOrigins: valuesOf(draft.origins),
    allowedMethods: draft.methods,
    allowedHeaders: valuesOf(draft.headers),
    exposeHeaders: valuesOf(draft.exposed),
    ...(maxAge === '' ? {} : { maxAgeSeconds: Number(maxAge) }),
  });
  return parsed.success ? parsed.data : undefined;
}

function valuesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((value) => value !== '');
}
