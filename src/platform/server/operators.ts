import type { Context } from './context.ts';

type Rule = (ctx: Context) => Promise<boolean>;

let rule: Rule = async () => false;

/** Says who runs this whole Elepherd, as against one organisation in it; the programs set it, since the floor knows no organisation. */
export function knowOperators(isOperator: Rule): void {
  rule = isOperator;
}

/** True for somebody of the organisation that runs this Elepherd: they see what belongs to no organisation. */
export async function isOperator(ctx: Context): Promise<boolean> {
  return rule(ctx);
}
