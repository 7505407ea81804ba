import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { titled } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/new-product.page.ts';
import { NewOffering, readOwner, sendOffering } from './new-offering.tsx';

export const meta = titled(text.addProduct);

export const loader = (args: Route.LoaderArgs) => readOwner(args);
export const action = (args: Route.ActionArgs) => sendOffering(args, 'product');

export default function NewProductPage({ loaderData, actionData }: Route.ComponentProps) {
  return <NewOffering kind="product" organisation={loaderData.organisation} answer={actionData} />;
}
