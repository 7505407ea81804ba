import { redirect } from 'react-router';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { OrganisationPage } from '#src/community/contract/organisation-pages.ts';
import { offeringPageText } from '#src/community/contract/offerings.text.ts';
import { organisationPageText as text } from '#src/community/contract/organisations.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice, PageGrid } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/edit-organisation.page.ts';
import { OrganisationFields } from './fields.tsx';
import { OrganisationHead, StateNotice } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  const name = args.loaderData?.page.organisation.name ?? '';
  return titleIn(localeOf(args), text.editTitle(name)[localeOf(args)]);
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const path = organisationPath(encodeURIComponent(params.slug));
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=${encodeURIComponent(`${path}/edit`)}`);
  const page = await context
    .get(apiContext)
    .get(`/api/community/organisations/${encodeURIComponent(params.slug)}/page`, OrganisationPage);
  if (!page.organisation.viewer.isManager) throw redirect(path);
  return { page };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const manager = `${address}/managers/${encodeURIComponent(fieldOf(form, 'handle'))}`;
  const names = ['name', 'kind', 'website', 'country', 'size', 'industry', 'about', 'note'] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const intent = fieldOf(form, 'intent');
  const works: Record<string, () => Promise<void>> = {
    confirm: () => api.post(`${address}/confirm`),
    add: () => api.put(manager),
    remove: () => api.delete(manager),
  };
  const answer = await formAnswer((works[intent] ?? (() => api.put(address, given)))());
  if ('refused' in answer) return refusedForm(answer.refused, given);
  const path = organisationPath(params.slug);
  return redirect(intent === '' ? path : `${path}/edit`);
}

export default function EditOrganisationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, managed } = loaderData.page;
  const problem = actionData?.problem;
  const was = (name: 'name' | 'kind' | 'website' | 'country' | 'size' | 'industry' | 'about') =>
    actionData?.given[name] || organisation[name];
  return (
    <PageGrid
      aside={
        <>
          <Managers handles={organisation.managers} />
          <Offered slug={organisation.slug} managed={managed ?? []} />
        </>
      }
    >
      <OrganisationHead organisation={organisation} current="edit" />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <StateNotice organisation={organisation} />
      <form method="post" className="com-form">
        <OrganisationFields
          given={{
            name: was('name'),
            kind: was('kind'),
            website: was('website'),
            country: was('country'),
            size: was('size'),
            industry: was('industry'),
            about: was('about'),
          }}
          problem={problem}
        />
        <Field label={t(text.note)} name="note" maxLength={200} problem={problem} />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}

function Managers({ handles }: { handles: OrganisationPage['organisation']['managers'] }) {
  const t = useText();
  return (
    <Box title={t(text.managers)}>
      <ul className="com-plain">
        {handles.map((one) => (
          <li key={one.handle}>
            <form method="post" className="com-actions">
              <MemberLink member={one} />
              <input type="hidden" name="handle" value={one.handle ?? ''} />
              {handles.length > 1 && (
                <button type="submit" className="com-button" data-kind="link" name="intent" value="remove">
                  {t(text.remove)}
                </button>
              )}
            </form>
          </li>
        ))}
      </ul>
      <form method="post" className="com-form com-row">
        <label>
          {t(text.managerHandle)}
          <input name="handle" maxLength={40} required />
        </label>
        <button type="submit" className="com-button" data-kind="quiet" name="intent" value="add">
          {t(text.addManager)}
        </button>
      </form>
    </Box>
  );
}

function Offered(props: { slug: string; managed: NonNullable<OrganisationPage['managed']> }) {
  const t = useText();
  return (
    <Box title={t(text.offeringsWaiting)}>
      <ul className="com-plain">
        {props.managed.map((one) => (
          <li key={one.id}>
            <a href={`/${one.kind}s/${one.id}`}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            {one.isWaiting && (
              <span className="com-mark" data-tone="busy">
                {t(text.pending)}
              </span>
            )}
            {one.isWithdrawn && (
              <span className="com-mark" data-tone="idle">
                {t(offeringPageText.withdrawn)}
              </span>
            )}
            {one.isShown && !one.isWithdrawn && one.isStale && (
              <span className="com-mark" data-tone="bad">
                {t(text.stale)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="com-actions">
        <a className="com-button" data-kind="quiet" href={`/products/new?organisation=${props.slug}`}>
          {t(offeringPageText.addProduct)}
        </a>
        <a className="com-button" data-kind="quiet" href={`/services/new?organisation=${props.slug}`}>
          {t(offeringPageText.addService)}
        </a>
      </p>
    </Box>
  );
}
