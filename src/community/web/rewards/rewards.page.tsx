import { redirect } from 'react-router';
import { z } from 'zod';
import { currencies } from '#src/community/contract/placements.ts';
import { type Coupon, type Reward, rewardKinds, RewardShop } from '#src/community/contract/rewards.ts';
import { rewardPageText as text } from '#src/community/contract/rewards.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { minorOf } from '../organisations/money.ts';
import { Box, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/rewards.page.ts';

export const meta = titled(text.title);

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/rewards', RewardShop);

const fields = ['reward', 'address', 'kind', 'en', 'zh', 'aboutEn', 'aboutZh', 'price', 'stock'] as const;
const names = [...fields, 'value', 'currency', 'addStock'] as const;

export async function action({ context, request }: Route.ActionArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/rewards');
  const form = await request.formData();
  const api = context.get(apiContext);
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { reward = '', address, currency = '', value = '' } = given;
  const work = {
    redeem: () =>
      api.post(
        '/api/community/redemptions',
        { reward: Number(reward), address, coupon: fieldOf(form, 'coupon') || null },
        z.object({ id: z.uuid() }),
      ),
    change: () =>
      api.patch(`/api/community/rewards/${encodeURIComponent(reward)}`, {
        price: Number(given['price']),
        addStock: Number(given['addStock']),
        isListed: fieldOf(form, 'isListed') !== '',
      }),
    create: () =>
      api.post(
        '/api/community/rewards',
        {
          kind: given['kind'],
          name: { en: given['en'], 'zh-CN': given['zh'] },
          about: { en: given['aboutEn'], 'zh-CN': given['aboutZh'] },
          price: Number(given['price']),
          stock: Number(given['stock']),
          valueMinor: minorOf(value, currency),
          currency,
        },
        z.object({ id: z.number() }),
      ),
  }[fieldOf(form, 'intent')];
  const answer = await formAnswer<unknown>(work?.() ?? Promise.resolve());
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return redirect(fieldOf(form, 'intent') === 'redeem' ? '/rewards/mine' : '/rewards');
}

export default function RewardsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { rewards, points, coupons, mayManage } = loaderData;
  const given = actionData?.given ?? {};
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        {user !== null && (
          <a className="com-button" data-kind="quiet" href="/rewards/mine">
            {t(text.mine)}
          </a>
        )}
        {mayManage && (
          <a className="com-button" data-kind="quiet" href="/rewards/handle">
            {t(text.handle)}
          </a>
        )}
      </PageHead>
      {points !== null && (
        <p>
          <a href="/points">{t(text.yours(format.number(points)))}</a>{' '}
          {coupons.length > 0 && t(text.coupons(coupons.length))}
        </p>
      )}
      <Refusal problem={actionData?.problem} />
      {rewards.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {rewards.map((reward) => (
            <Card
              key={reward.id}
              reward={reward}
              has={points}
              coupons={reward.kind === 'goods' ? coupons : []}
              mayManage={mayManage}
              given={given['reward'] === String(reward.id) ? given : {}}
            />
          ))}
        </ul>
      )}
      {mayManage && <CreateForm given={given} problem={actionData?.problem} />}
    </PageGrid>
  );
}

function Card(props: {
  reward: Reward;
  has: number | null;
  coupons: readonly Coupon[];
  mayManage: boolean;
  given: Record<string, string>;
}) {
  const t = useText();
  const format = useFormat();
  const { reward, has, coupons, mayManage, given } = props;
  // A coupon that is not enough by itself, points pay for the rest.
  const most = Math.max(0, ...coupons.map(({ worth }) => worth));
  const isAffordable = has !== null && has + most >= reward.price && reward.stock > 0 && reward.isListed;
  return (
    <li className="com-card">
      <h2>{reward.name}</h2>
      <p>{reward.about}</p>
      <p className="com-meta">
        <strong>{t(text.price(format.number(reward.price)))}</strong>
        <span>{reward.stock === 0 ? t(text.soldOut) : t(text.left(format.number(reward.stock)))}</span>
        <span>{t(text[reward.kind])}</span>
        {!reward.isListed && (
          <span className="com-mark" data-tone="idle">
            {t(text.hidden)}
          </span>
        )}
      </p>
      {isAffordable && (
        <details open={given['address'] !== undefined && given['address'] !== ''}>
          <summary className="com-button">{t(text.redeem)}</summary>
          <form method="post" className="com-form">
            <input type="hidden" name="reward" value={reward.id} />
            {reward.kind === 'goods' && (
              <TextField
                label={t(text.address)}
                hint={t(text.addressHint)}
                name="address"
                rows={3}
                maxLength={500}
                autoComplete="street-address"
                required
                defaultValue={given['address']}
              />
            )}
            {coupons.length > 0 && (
              <ChoiceField label={t(text.couponField)} name="coupon">
                {coupons.map(({ id, worth }) => (
                  <option key={id} value={id}>
                    {t(text.coupon(format.number(worth)))}
                  </option>
                ))}
                <option value="">{t(text.pointsAlone)}</option>
              </ChoiceField>
            )}
            <button type="submit" className="com-button" name="intent" value="redeem">
              {t(text.redeem)} · {t(text.price(format.number(reward.price)))}
            </button>
          </form>
        </details>
      )}
      {mayManage && (
        <details>
          <summary>{t(text.change)}</summary>
          <form method="post" className="com-form">
            <input type="hidden" name="reward" value={reward.id} />
            <Field
              label={t(text.cost)}
              name="price"
              type="number"
              min={1}
              required
              defaultValue={reward.price}
            />
            <Field label={t(text.addStock)} name="addStock" type="number" required defaultValue={0} />
            <TickField label={t(text.listed)} name="isListed" defaultChecked={reward.isListed} />
            <button type="submit" className="com-button" data-kind="quiet" name="intent" value="change">
              {t(text.save)}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}

function CreateForm(props: { given: Record<string, string>; problem: Problem | null | undefined }) {
  const t = useText();
  const { given, problem } = props;
  const field = (name: (typeof names)[number]) => ({ name, defaultValue: given[name], problem });
  return (
    <Box title={t(text.add)}>
      <form method="post" className="com-form">
        <div className="com-pair">
          <Field label={t(text.name)} {...field('en')} maxLength={40} required />
          <Field label={t(text.nameZh)} {...field('zh')} maxLength={40} required />
          <Field label={t(text.about)} {...field('aboutEn')} maxLength={300} required />
          <Field label={t(text.aboutZh)} {...field('aboutZh')} maxLength={300} required />
          <ChoiceField label={t(text.kind)} {...field('kind')}>
            {rewardKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(text[kind])}
              </option>
            ))}
          </ChoiceField>
          <Field label={t(text.cost)} {...field('price')} type="number" min={1} required />
          <Field label={t(text.stock)} {...field('stock')} type="number" min={0} required />
          <Field label={t(text.value)} {...field('value')} type="number" min={0} step="0.01" required />
          <ChoiceField label={t(text.currency)} {...field('currency')}>
            {currencies.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </ChoiceField>
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="create">
            {t(text.add)}
          </button>
        </div>
      </form>
    </Box>
  );
}
