import { newsletterText } from '#src/community/contract/newsletters.text.ts';
import { MailWay, noticeKinds, NoticeSettings } from '#src/community/contract/notifications.ts';
import {
  noticeKindText,
  notificationPageText as text,
} from '#src/community/contract/notification-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { FacetFields } from '../site/facets.tsx';
import { Ago, Box, Notice, PageGrid } from '../site/parts.tsx';
import { SettingsHead } from '../settings/settings-tabs.tsx';
import type { Route } from './+types/settings.page.ts';
import '../moderation/moderation.css';

export const meta = titled(text.settingsTitle);

const address = '/api/community/notifications/settings';

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(address, NoticeSettings);
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const isOn = (name: string) => fieldOf(form, name) === 'yes';
  const browser = fieldOf(form, 'browser');
  const answer = await formAnswer(
    browser === ''
      ? api.put(address, {
          mails: isOn('mails'),
          digest: fieldOf(form, 'digest'),
          newsletter: isOn('newsletter'),
          newsletterIndustries: form.getAll('industries'),
          newsletterRoles: form.getAll('roles'),
          tryAgain: isOn('tryAgain'),
          ways: noticeKinds.map((kind) => ({
            kind,
            inPage: isOn(`${kind}-page`),
            mail: fieldOf(form, `${kind}-mail`),
            push: isOn(`${kind}-push`),
          })),
        })
      : api.post('/api/community/notifications/push/remove', { subscription: browser }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { done: true, problem: null };
}

export default function NotificationSettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { ways, browsers, bounce, isProved } = loaderData;
  const mailWays = { off: text.mailOff, now: text.mailNow, digest: text.mailDigest };
  return (
    <PageGrid>
      <SettingsHead current="/settings/community/notifications" />
      <p className="com-lead">{t(text.settingsLead)}</p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {actionData?.done && <Notice tone="good">{t(text.saved)}</Notice>}
      {!isProved && <Notice tone="warn">{t(text.notProved)}</Notice>}
      <form method="post">
        <Box title={t(text.mails)}>
          <div className="com-form">
            {bounce !== null && (
              <>
                <Notice tone="warn">{t(text.bounced(bounce))}</Notice>
                <TickField label={t(text.tryAgain)} name="tryAgain" value="yes" />
              </>
            )}
            <TickField
              label={t(text.wantsMails)}
              hint={t(text.address(loaderData.address))}
              name="mails"
              value="yes"
              defaultChecked={loaderData.mails}
            />
            <ChoiceField label={t(text.digest)} name="digest" defaultValue={loaderData.digest}>
              <option value="off">{t(text.digestOff)}</option>
              <option value="daily">{t(text.digestDaily)}</option>
              <option value="weekly">{t(text.digestWeekly)}</option>
            </ChoiceField>
            <TickField
              label={t(text.newsletter)}
              name="newsletter"
              value="yes"
              defaultChecked={loaderData.newsletter}
            />
            <p>
              <a href="/newsletters">{t(newsletterText.all)}</a>
            </p>
            <details
              className="com-more"
              open={
                loaderData.newsletterIndustries.length + loaderData.newsletterRoles.length > 0 || undefined
              }
            >
              <summary>{t(newsletterText.limits)}</summary>
              <FacetFields
                industries={{
                  legend: t(newsletterText.limitsIndustries),
                  hint: t(newsletterText.limitsHint),
                  given: loaderData.newsletterIndustries,
                }}
                roles={{
                  legend: t(newsletterText.limitsRoles),
                  hint: t(newsletterText.limitsHint),
                  given: loaderData.newsletterRoles,
                }}
              />
            </details>
          </div>
        </Box>
        <Box title={t(text.ways)}>
          <div className="com-mod-scroll">
            <table className="com-table com-ways">
              <thead>
                <tr>
                  <th scope="col">{t(text.kind)}</th>
                  <th scope="col">{t(text.inPage)}</th>
                  <th scope="col">{t(text.mail)}</th>
                  <th scope="col">{t(text.push)}</th>
                </tr>
              </thead>
              <tbody>
                {ways.map((way) => {
                  const name = t(noticeKindText[way.kind]);
                  return (
                    <tr key={way.kind}>
                      <td>{name}</td>
                      <td>
                        <input
                          type="checkbox"
                          name={`${way.kind}-page`}
                          value="yes"
                          defaultChecked={way.inPage}
                          aria-label={`${name} · ${t(text.inPage)}`}
                        />
                      </td>
                      <td>
                        <select
                          name={`${way.kind}-mail`}
                          defaultValue={way.mail}
                          aria-label={`${name} · ${t(text.mail)}`}
                        >
                          {MailWay.options.map((mail) => (
                            <option key={mail} value={mail}>
                              {t(mailWays[mail])}
                            </option>
                          ))}
                        </select>
                      </td>
                      <td>
                        <input
                          type="checkbox"
                          name={`${way.kind}-push`}
                          value="yes"
                          defaultChecked={way.push}
                          aria-label={`${name} · ${t(text.push)}`}
                        />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </Box>
        <div className="com-actions">
          <button className="com-button">{t(text.save)}</button>
        </div>
      </form>
      <Box title={t(text.browsers)}>
        <p className="com-dim">{t(text.browsersHint)}</p>
        {browsers.length === 0 ? (
          <p>{t(text.noBrowsers)}</p>
        ) : (
          <ul className="com-plain">
            {browsers.map((one) => (
              <li key={one.id}>
                <form method="post" className="com-mod-told">
                  <bdi>{one.browser}</bdi> <Ago at={one.since} />
                  <input type="hidden" name="browser" value={one.id} />
                  <button className="com-button" data-kind="link">
                    {t(text.removeBrowser)}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
        <CustomElement
          name="push-here"
          attributes={{
            label: t(text.pushHere),
            done: t(text.pushDone),
            refused: t(text.pushRefused),
            elsewhere: t(text.pushNotHere),
          }}
        />
      </Box>
    </PageGrid>
  );
}
