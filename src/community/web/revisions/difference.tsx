import type { Difference, DiffPart } from '#src/community/contract/revisions.ts';
import { revisionText as text } from '#src/community/contract/revisions.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import './history.css';

/** What one writing changed of another: its title, its tags, its words; what is new and what went says so without colour, too. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const { title, tags, markdown } = difference;
  return (
    <>
      {title.length > 0 && (
        <h2 className="com-diff">
          <Parts parts={title} />
        </h2>
      )}
      {tags.length > 0 && (
        <p className="com-diff com-dim">
          <Parts parts={tags} />
        </p>
      )}
      <div className="com-diff">
        <Parts parts={markdown} />
      </div>
    </>
  );
}

function Parts({ parts }: { parts: DiffPart[] }) {
  const t = useText();
  return parts.map((part, at) => {
    const key = `${at}`;
    if (part.kind === 'gap')
      return (
        <span key={key} className="com-gap" role="separator" aria-label={t(text.gap)}>
          ⋯
        </span>
      );
    if (part.kind === 'same') return <span key={key}>{part.text}</span>;
    const Tag = part.kind === 'added' ? 'ins' : 'del';
    return (
      <Tag key={key}>
        <span className="el-hidden">{t(part.kind === 'added' ? text.added : text.removed)} </span>
        {part.text}
      </Tag>
    );
  });
}
