import { redirect } from 'react-router';
import { z } from 'zod';
import { StaffSeat, staffRoles } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { staffText as text } from '#src/community/contract/staff.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/staff.page.ts';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/settings/community/staff');
  const seats = await context.get(apiContext).get('/api/community/staff', z.array(StaffSeat));
  return { seats, now: new Date().toISOString() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const months = fieldOf(form, 'months');
  const body = {
    handle: fieldOf(form, 'handle').replace(/^@/, ''),
    role: fieldOf(form, 'role'),
    months: months === '' ? null : Number(months),
  };
  const answer = await formAnswer<unknown>(
    form.has('end')
      ? api.delete(`/api/community/staff/${encodeURIComponent(fieldOf(form, 'end'))}`)
      : api.post('/api/community/staff', body, z.object({ id: z.string() })),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/settings/community/staff');
}

export default function StaffPage({ loaderData: { seats, now }, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const problem = actionData?.problem;
  return (
    <>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <Refusal problem={problem} />
      <PageGrid
        aside={
          <Box title={t(text.appointTitle)}>
            <form method="post" className="com-form">
              <Field
                label={t(text.handle)}
                name="handle"
                maxLength={41}
                autoComplete="off"
                required
                problem={problem}
              />
              <ChoiceField label={t(text.role)} name="role" problem={problem}>
                {staffRoles.map((role) => (
                  <option key={role} value={role}>
                    {t(memberText[role])}
                  </option>
                ))}
              </ChoiceField>
              <Field
                label={t(text.months)}
                hint={t(text.monthsHint)}
                name="months"
                type="number"
                min={1}
                max={60}
                problem={problem}
              />
              <button type="submit" className="com-button">
                {t(text.appoint)}
              </button>
            </form>
          </Box>
        }
      >
        {seats.length === 0 ? (
          <EmptyState title={t(text.nobody)} hint={t(text.nobodyHint)} />
        ) : (
          <table className="com-table">
            <thead>
              <tr>
                <th scope="col">{t(text.member)}</th>
                <th scope="col">{t(text.role)}</th>
                <th scope="col">{t(text.since)}</th>
                <th scope="col">{t(text.until)}</th>
                <th scope="col">
                  <span className="el-hidden">{t(text.end)}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {seats.map((seat) => {
                const isOver = seat.endsAt !== null && seat.endsAt <= now;
                return (
                  <tr key={seat.id}>
                    <td>
                      <MemberLink member={seat.member} />
                    </td>
                    <td>{t(memberText[seat.role])}</td>
                    <td>{format.date(seat.startsAt)}</td>
                    <td>
                      {seat.endsAt === null ? t(text.noEnd) : format.date(seat.endsAt)}
                      {isOver && <span className="com-dim"> · {t(text.ended)}</span>}
                    </td>
                    <td>
                      {!isOver && (
                        <form method="post">
                          <button
                            type="submit"
                            name="end"
                            value={seat.id}
                            className="com-button"
                            data-kind="link"
                            aria-label={`${t(text.end)}: ${seat.member.name}`}
                          >
                            {t(text.end)}
                          </button>
                        </form>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </PageGrid>
    </>
  );
}
