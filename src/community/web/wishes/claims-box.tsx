import type { Wish } from '#src/community/contract/wishes.ts';
import { releaseText } from '#src/community/contract/releases.text.ts';
import type { OwnProduct } from '#src/community/contract/wish-deliveries.ts';
import { claimOutcomeText, wishPageText as text } from '#src/community/contract/wishes.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { Box } from '../site/parts.tsx';

/** Who said to deliver a wish, by when, and how many such words each kept; a claim, for those who may make one. */
export function ClaimsBox({ wish }: { wish: Wish }) {
  const t = useText();
  const format = useFormat();
  const claimed = new Set(wish.claims.map(({ organisation }) => organisation.slug));
  const may = wish.viewer.mayClaimFor.filter(({ slug }) => !claimed.has(slug));
  return (
    <Box title={t(text.claims)}>
      {wish.claims.length === 0 && <p className="com-dim">{t(text.noClaims)}</p>}
      <ul className="com-plain">
        {wish.claims.map((claim) => (
          <li key={claim.id}>
            <a href={`/organisations/${claim.organisation.slug}`}>
              <bdi>{claim.organisation.name}</bdi>
            </a>
            <p className="com-meta">
              <span>{t(text.byDay(format.date(claim.dueOn)))}</span>
              <span
                className="com-mark"
                data-tone={claim.outcome === 'kept' ? 'good' : claim.outcome === 'missed' ? 'bad' : undefined}
              >
                {t(claimOutcomeText[claim.outcome])}
              </span>
              <span>{t(text.keepRate(claim.kept, claim.due))}</span>
            </p>
            {claim.note !== '' && <p className="com-wish-text">{claim.note}</p>}
            {claim.isOwn && claim.outcome === 'open' && (
              <form method="post">
                <input type="hidden" name="organisation" value={claim.organisation.slug} />
                <button type="submit" name="intent" value="withdraw" className="com-button" data-kind="link">
                  {t(text.withdraw)}
                </button>
              </form>
            )}
            {claim.isOwn && claim.outcome === 'open' && (
              <DeliverForm organisation={claim.organisation.slug} products={wish.viewer.products} />
            )}
          </li>
        ))}
      </ul>
      {may.length > 0 && (
        <details>
          <summary>{t(text.claim)}</summary>
          <form method="post" className="com-form">
            <ChoiceField label={t(text.claimFor)} name="organisation">
              {may.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </ChoiceField>
            <Field label={t(text.dueField)} hint={t(text.claimHint)} name="dueOn" type="date" required />
            <Field label={t(text.noteField)} name="note" maxLength={1000} />
            <button type="submit" name="intent" value="claim" className="com-button">
              {t(text.claim)}
            </button>
          </form>
        </details>
      )}
    </Box>
  );
}

/** What delivers a wish; an organisation names its own product. */
export function DeliverForm(props: { organisation?: string; products?: readonly OwnProduct[] }) {
  const t = useText();
  const { organisation, products = [] } = props;
  const own = products.filter((product) => product.organisation === organisation);
  return (
    <details>
      <summary>{t(text.deliverTitle)}</summary>
      <form method="post" className="com-form">
        <ChoiceField label={t(text.kindField)} name="kind" defaultValue="product">
          <option value="product">{t(text.kindProduct)}</option>
          <option value="extension">{t(text.kindExtension)}</option>
          <option value="postgresql">{t(text.kindPostgresql)}</option>
        </ChoiceField>
        <Field label={t(text.nameField)} name="title" maxLength={200} required />
        <Field label={t(text.urlField)} name="url" type="url" maxLength={500} required />
        <Field label={t(text.majorField)} name="pgMajor" inputMode="numeric" maxLength={2} />
        {organisation === undefined ? (
          <Field label={t(releaseText.productNumber)} name="offering" inputMode="numeric" maxLength={16} />
        ) : (
          own.length > 0 && (
            <ChoiceField label={t(releaseText.productField)} name="offering">
              <option value="">{t(releaseText.noProduct)}</option>
              {own.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </ChoiceField>
          )
        )}
        {(organisation === undefined || own.length > 0) && (
          <Field
            label={t(releaseText.versionField)}
            hint={t(releaseText.versionHint)}
            name="version"
            maxLength={40}
          />
        )}
        {organisation === undefined ? (
          <Field label={t(text.organisationField)} name="organisation" maxLength={60} />
        ) : (
          <input type="hidden" name="organisation" value={organisation} />
        )}
        <button type="submit" name="intent" value="deliver" className="com-button" data-kind="quiet">
          {t(text.deliver)}
        </button>
      </form>
    </details>
  );
}
