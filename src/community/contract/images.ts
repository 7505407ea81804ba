import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';

export const NewImage = z.object({ name: line(200) });

/** A picture that can stand in what one writes: `![name](url)`. */
export const KeptImage = z.object({ id: z.uuid(), url: z.string().max(100), name: z.string().max(200) });
export type KeptImage = z.infer<typeof KeptImage>;
