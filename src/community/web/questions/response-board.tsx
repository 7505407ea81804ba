import type { ResponseBoard } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Box, Stat } from '../site/parts.tsx';

/** How many questions wait, and how soon those of the last weeks got their first answer. */
export function ResponseBoardBox({ board }: { board: ResponseBoard }) {
  const t = useText();
  const format = useFormat();
  return (
    <Box title={t(text.board)}>
      <Stat value={board.unanswered} label={t(text.boardWaiting)} />
      {board.weeks.length > 0 && (
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.boardWeek)}</th>
              <th scope="col">{t(text.boardAnswered)}</th>
              <th scope="col">{t(text.boardMedian)}</th>
            </tr>
          </thead>
          <tbody>
            {board.weeks.toReversed().map(({ week, asked, answered, medianSeconds }) => (
              <tr key={week}>
                <td>{format.date(week)}</td>
                <td>
                  {format.number(answered)} / {format.number(asked)}
                </td>
                <td>{medianSeconds === null ? '–' : format.duration(medianSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Box>
  );
}
