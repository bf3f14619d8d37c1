import * as z from 'zod';
import { FILTERS } from './engine/filters.ts';

/** What the address of the transfers page says beside where it is. */
export const transfersSearchSchema = z.object({ show: z.enum(FILTERS).optional().catch(undefined) });
