import { shellText } from '#src/platform/contract/shell.text.ts';
import { useLocale, useText } from '../i18n.tsx';
import styles from './brand.module.css';

/** The mark and the name, linking home. In Chinese the name has both its scripts. */
export function Brand({ className }: { className?: string | undefined }) {
  const t = useText();
  const chinese = useLocale() === 'zh-CN';
  return (
    <a href="/" className={`${styles.brand} ${className ?? ''}`}>
      <img src="/favicon.svg" alt="" width={30} height={30} />
      <span className={styles.name}>{t(shellText.productShort)}</span>
      {chinese && <span className={styles.second}>Elepherd</span>}
    </a>
  );
}
