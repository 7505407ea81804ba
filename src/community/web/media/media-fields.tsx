import type { Media } from '#src/community/contract/media.ts';
import { mediaText as text } from '#src/community/contract/media.text.ts';
import { fromWallTime, wallTime } from '#src/platform/contract/time-zone.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';

type Form = Record<string, string>;
const kinds = ['video', 'audio', 'slides', 'session'] as const;

/** What an article is about besides its words, in its form. */
export function MediaFields({ values }: { values: Form }) {
  const t = useText();
  return (
    <details className="com-more" open={(values['mediaKind'] ?? '') !== '' || undefined}>
      <summary>{t(text.media)}</summary>
      <div className="com-fields">
        <ChoiceField label={t(text.kind)} name="mediaKind" defaultValue={values['mediaKind']}>
          <option value="">{t(text.none)}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(text[one])}
            </option>
          ))}
        </ChoiceField>
        <Field
          label={t(text.url)}
          hint={t(text.urlHint)}
          name="mediaUrl"
          type="url"
          maxLength={2000}
          defaultValue={values['mediaUrl']}
        />
        <Field
          label={t(text.duration)}
          name="mediaMinutes"
          type="number"
          min={0}
          max={1440}
          step="any"
          defaultValue={values['mediaMinutes']}
        />
      </div>
      <fieldset>
        <legend>{t(text.session)}</legend>
        <div className="com-fields">
          <Field
            label={t(text.startsAt)}
            name="startsAt"
            type="datetime-local"
            defaultValue={values['startsAt']}
          />
          <Field label={t(text.endsAt)} name="endsAt" type="datetime-local" defaultValue={values['endsAt']} />
          <Field
            label={t(text.speakers)}
            hint={t(text.speakersHint)}
            name="speakers"
            maxLength={2000}
            defaultValue={values['speakers']}
          />
          <Field
            label={t(text.replayUrl)}
            name="replayUrl"
            type="url"
            maxLength={2000}
            defaultValue={values['replayUrl']}
          />
        </div>
      </fieldset>
    </details>
  );
}

/** What the form says of a recording or session, as the API takes it; null where it says nothing. */
export function mediaOf(form: Form, timeZone: string): unknown {
  const { mediaKind: kind, mediaUrl: url = '' } = form;
  if (!kind) return null;
  const instant = (name: string) => {
    const at = fromWallTime(form[name] ?? '', timeZone);
    return at === null ? (form[name] ?? '') : new Date(at).toISOString();
  };
  const minutes = Number(form['mediaMinutes'] ?? '');
  const durationSeconds = minutes > 0 ? Math.round(minutes * 60) : null;
  if (kind === 'slides') return { kind, url };
  if (kind !== 'session') return { kind, url, durationSeconds };
  return {
    kind,
    url,
    startsAt: instant('startsAt'),
    endsAt: instant('endsAt'),
    speakers: (form['speakers'] ?? '')
      .split(/[,，、;；]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    replayUrl: form['replayUrl'] || null,
  };
}

/** The same as texts of the form, for an article that has it already. */
export function mediaTexts(media: Media | null, timeZone: string): Form {
  if (media === null) return {};
  const minutes =
    'durationSeconds' in media && media.durationSeconds ? String(media.durationSeconds / 60) : '';
  const texts = { mediaKind: media.kind, mediaUrl: media.url, mediaMinutes: minutes };
  if (media.kind !== 'session') return texts;
  const wall = (at: string) => wallTime(Date.parse(at), timeZone).slice(0, 16);
  return {
    ...texts,
    startsAt: wall(media.startsAt),
    endsAt: wall(media.endsAt),
    speakers: media.speakers.join(', '),
    replayUrl: media.replayUrl ?? '',
  };
}
