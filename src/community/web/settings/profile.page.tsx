import { data, redirect } from 'react-router';
import { memberPath } from '#src/community/contract/addresses.ts';
import { type EditProfile, MemberRole, memberRoles, OwnProfile } from '#src/community/contract/members.ts';
import { IndustryOrNone } from '#src/community/contract/industries.ts';
import { memberText as text } from '#src/community/contract/members.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { IndustryField } from '../site/facets.tsx';
import { Box, Notice, PageGrid } from '../site/parts.tsx';
import { Avatar } from '../site/people.tsx';
import type { Route } from './+types/profile.page.ts';
import { SettingsHead } from './settings-tabs.tsx';

export const meta = titled(text.settings);

export async function loader({ context, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/settings/community');
  const profile = await context.get(apiContext).get('/api/community/profile', OwnProfile);
  return { profile, isSaved: new URL(request.url).searchParams.has('saved') };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const intent = fieldOf(form, 'intent');
  const written = intent === 'profile' ? profileIn(form) : null;
  const picture = form.get('picture');
  const work = {
    profile: () => api.put('/api/community/profile', written, OwnProfile),
    handle: () => api.put('/api/community/profile/handle', { handle: fieldOf(form, 'handle') }, OwnProfile),
    picture: () =>
      api.put('/api/community/profile/avatar', picture instanceof Blob ? picture : new Blob(), OwnProfile),
    'no-picture': () => api.delete('/api/community/profile/avatar', undefined, OwnProfile),
  }[intent];
  if (!work) throw redirect('/settings/community');
  const answer = await formAnswer(work());
  if ('refused' in answer)
    // What was typed stays in the form.
    return data({ problem: answer.refused, intent, written }, { status: answer.refused.status });
  throw redirect('/settings/community?saved=1');
}

const commas = /[,，、;；]/;

function profileIn(form: FormData): EditProfile {
  return {
    name: fieldOf(form, 'name'),
    headline: fieldOf(form, 'headline'),
    about: fieldOf(form, 'about'),
    location: fieldOf(form, 'location'),
    website: fieldOf(form, 'website'),
    industry: IndustryOrNone.catch('').parse(fieldOf(form, 'industry')),
    roles: form.getAll('roles').flatMap((one) => MemberRole.safeParse(one).data ?? []),
    skills: fieldOf(form, 'skills')
      .split(commas)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  };
}

export default function ProfilePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { profile, isSaved } = loaderData;
  const of = (intent: string) => (actionData?.intent === intent ? actionData.problem : null);
  return (
    <>
      <SettingsHead current="/settings/community" />
      {isSaved && !actionData && (
        <Notice tone="good">
          {t(text.saved)}{' '}
          {profile.handle !== null && <a href={memberPath(profile.handle)}>{t(text.seePage)}</a>}
        </Notice>
      )}
      <PageGrid aside={<Aside profile={profile} of={of} />}>
        <p className="com-lead">{t(text.profileLead)}</p>
        <Refusal problem={of('profile')} />
        <ProfileForm values={actionData?.written ?? profile} problem={of('profile')} />
      </PageGrid>
    </>
  );
}

function ProfileForm({ values, problem }: { values: EditProfile; problem: Problem | null }) {
  const t = useText();
  return (
    <form method="post" className="com-form">
      <input type="hidden" name="intent" value="profile" />
      <Field
        label={t(text.name)}
        name="name"
        defaultValue={values.name}
        autoComplete="name"
        maxLength={200}
        required
        problem={problem}
      />
      <Field
        label={t(text.headline)}
        hint={t(text.headlineHint)}
        name="headline"
        defaultValue={values.headline}
        maxLength={200}
        problem={problem}
      />
      <fieldset>
        <legend>{t(text.rolesLegend)}</legend>
        <div className="com-ticks">
          {memberRoles.map((role) => (
            <TickField
              key={role}
              label={t(text[role])}
              name="roles"
              value={role}
              defaultChecked={values.roles.includes(role)}
            />
          ))}
        </div>
      </fieldset>
      <Field
        label={t(text.skillsLabel)}
        hint={t(text.skillsHint)}
        name="skills"
        defaultValue={values.skills.join(', ')}
        maxLength={2200}
        problem={problem}
      />
      <TextField
        label={t(text.about)}
        hint={t(text.aboutHint)}
        name="about"
        defaultValue={values.about}
        rows={8}
        maxLength={20_000}
        problem={problem}
      />
      <div className="com-pair">
        <Field
          label={t(text.location)}
          name="location"
          defaultValue={values.location}
          maxLength={100}
          problem={problem}
        />
        <IndustryField given={values.industry} problem={problem} />
      </div>
      <Field
        label={t(text.website)}
        name="website"
        type="url"
        defaultValue={values.website}
        placeholder="https://"
        maxLength={500}
        problem={problem}
      />
      <div className="com-actions">
        <button type="submit" className="com-button">
          {t(text.save)}
        </button>
      </div>
    </form>
  );
}

function Aside({ profile, of }: { profile: OwnProfile; of: (intent: string) => Problem | null }) {
  const t = useText();
  return (
    <>
      <Box title={t(text.picture)}>
        <Refusal problem={of('picture')} />
        <form method="post" encType="multipart/form-data" className="com-form">
          <Avatar member={profile} size={96} />
          <Field
            label={t(text.picture)}
            hint={t(text.pictureHint)}
            name="picture"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
          />
          <div className="com-actions">
            <button type="submit" name="intent" value="picture" className="com-button" data-kind="quiet">
              {t(text.upload)}
            </button>
            {profile.avatar !== null && (
              <button type="submit" name="intent" value="no-picture" className="com-button" data-kind="link">
                {t(text.removePicture)}
              </button>
            )}
          </div>
        </form>
      </Box>
      <Box title={t(text.handle)}>
        <Refusal problem={of('handle')} />
        {profile.handle === null ? (
          <p className="com-dim">{t(text.noHandleYet)}</p>
        ) : (
          <form method="post" className="com-form">
            <input type="hidden" name="intent" value="handle" />
            <Field
              label={t(text.handle)}
              hint={t(text.handleHint)}
              name="handle"
              defaultValue={profile.handle}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              required
              problem={of('handle')}
            />
            <div className="com-actions">
              <button type="submit" className="com-button" data-kind="quiet">
                {t(text.changeHandle)}
              </button>
            </div>
          </form>
        )}
      </Box>
    </>
  );
}
