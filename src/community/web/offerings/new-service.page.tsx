import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { titled } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/new-service.page.ts';
import { NewOffering, readOwner, sendOffering } from './new-offering.tsx';

export const meta = titled(text.addService);

export const loader = (args: Route.LoaderArgs) => readOwner(args);
export const action = (args: Route.ActionArgs) => sendOffering(args, 'service');

export default function NewServicePage({ loaderData, actionData }: Route.ComponentProps) {
  return <NewOffering kind="service" organisation={loaderData.organisation} answer={actionData} />;
}
