import type { Poll } from '#src/community/contract/meetings.ts';
import type { ResolutionList } from '#src/community/contract/resolutions.ts';
import { resolutionPageText as text } from '#src/community/contract/resolutions.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { Box } from '../site/parts.tsx';

/** A poll that decided something, and whose it is. */
export type Decided = { poll: Poll; committee: string };

/** What a committee decided, to be written down; of a poll the votes are known already. */
export function RecordForm(props: {
  decided: Decided | null;
  mayRecord: ResolutionList['mayRecord'];
  given: Record<string, string>;
  problem: Problem | undefined;
}) {
  const t = useText();
  const { mayRecord, decided, given, problem } = props;
  const field = (name: 'yes' | 'no' | 'abstain' | 'decidedOn' | 'dueOn' | 'owner', type: string) => (
    <Field
      label={t(text[name])}
      name={name}
      type={type}
      min={type === 'number' ? 0 : undefined}
      required={name === 'decidedOn'}
      defaultValue={given[name]}
      problem={problem}
    />
  );
  return (
    <Box title={t(text.record)}>
      <form method="post" className="com-form">
        <CommitteeField committees={mayRecord} defaultValue={given['committee'] ?? decided?.committee} />
        <Field
          label={t(text.name)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title'] ?? decided?.poll.question.slice(0, 200)}
          problem={problem}
        />
        <TextField
          label={t(text.text)}
          name="text"
          rows={5}
          maxLength={20_000}
          required
          defaultValue={given['text']}
          problem={problem}
        />
        <div className="com-row">
          {field('decidedOn', 'date')}
          {!decided && (
            <>
              {field('yes', 'number')}
              {field('no', 'number')}
              {field('abstain', 'number')}
            </>
          )}
        </div>
        {decided && <PollFields poll={decided.poll} given={given} />}
        <div className="com-row">
          {field('owner', 'text')}
          {field('dueOn', 'date')}
          {!decided && (
            <>
              <Field
                label={t(text.meeting)}
                name="meetingId"
                type="number"
                min={1}
                defaultValue={given['meetingId']}
                problem={problem}
              />
              <Field
                label={t(text.election)}
                hint={t(text.electionHint)}
                name="electionId"
                type="number"
                min={1}
                defaultValue={given['electionId']}
                problem={problem}
              />
            </>
          )}
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.record)}
          </button>
        </div>
      </form>
    </Box>
  );
}

/** Which option of a poll was adopted, and which means to abstain. */
function PollFields({ poll, given }: { poll: Poll; given: Record<string, string> }) {
  const t = useText();
  const format = useFormat();
  const options = poll.options.map(({ words, votes }, n) => (
    <option key={words} value={n}>
      {`${words} (${format.number(votes)})`}
    </option>
  ));
  return (
    <>
      <input type="hidden" name="poll" value={poll.id} />
      <p>
        <bdi>{t(text.byPoll(poll.question))}</bdi>
      </p>
      <div className="com-row">
        <ChoiceField
          label={t(text.adopted)}
          hint={t(text.pollHint)}
          name="adopted"
          defaultValue={given['adopted']}
        >
          {options}
        </ChoiceField>
        <ChoiceField label={t(text.abstaining)} name="abstaining" defaultValue={given['abstaining']}>
          <option value="">{t(text.noOption)}</option>
          {options}
        </ChoiceField>
      </div>
    </>
  );
}
