import { useFormat } from '../i18n.tsx';

/** A span of time given in seconds. */
export function Duration({ seconds }: { seconds: number }) {
  // A span that still grows differs between server and browser by the time the page took to travel.
  return (
    <span className="el-number" suppressHydrationWarning>
      {useFormat().duration(seconds)}
    </span>
  );
}
