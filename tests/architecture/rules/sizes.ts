import { type Rule, violation } from './violation.ts';

const MAX_FUNCTION_LINES = 70;
const MAX_FILE_LINES = 400;
/** Tables of facts, frozen steps and generated code are as long as their subject. */
const EXEMPT = /^src-server\/db\/(tables|migrations)\/|^src-server\/s3\/operation-table|\.generated\.ts$/;

export const filesStayShort: Rule = (unit) =>
  unit.lineCount > MAX_FILE_LINES && !EXEMPT.test(unit.path)
    ? [violation(unit, MAX_FILE_LINES, `${unit.lineCount} lines, at most ${MAX_FILE_LINES}`)]
    : [];

/** A `describe` body is a list of tests, not a function to follow. */
export const functionsStayShort: Rule = (unit) =>
  EXEMPT.test(unit.path)
    ? []
    : unit.functions
        .filter(({ lineCount, argumentOf }) => lineCount > MAX_FUNCTION_LINES && argumentOf !== 'describe')
        .map(({ name, line, lineCount }) =>
          violation(unit, line, `${name} has ${lineCount} lines, at most ${MAX_FUNCTION_LINES}`),
        );
