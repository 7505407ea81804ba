import { ActionIcon, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '../i18n.tsx';
import { IconCheck, IconCopy, IconX } from './icons.ts';

/** Copies a value; says whether it worked. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const words = {
    idle: label ?? t(shellText.copy),
    copied: t(shellText.copied),
    failed: t(shellText.copyFailed),
  };
  const Shape = { idle: IconCopy, copied: IconCheck, failed: IconX }[state];
  const copy = async () => {
    setState((await copyText(value)) ? 'copied' : 'failed');
    setTimeout(() => setState('idle'), 2500);
  };
  return (
    <Tooltip label={words[state]}>
      <ActionIcon variant="subtle" color="gray" onClick={() => void copy()} aria-label={words.idle}>
        <Shape size={17} stroke={1.7} aria-hidden />
        <span className="el-hidden" role="status">
          {state === 'idle' ? '' : words[state]}
        </span>
      </ActionIcon>
    </Tooltip>
  );
}

async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    // The clipboard API exists only over HTTPS and on localhost; many a first installation is plain HTTP.
    const area = document.createElement('textarea');
    area.value = value;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const worked = document.execCommand('copy');
    area.remove();
    return worked;
  }
}
