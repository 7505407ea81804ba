import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Annotation, PanelData } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { optionOf } from './chart-option.ts';
import styles from './monitoring.module.css';

type Props = {
  data: PanelData;
  names: readonly string[];
  hidden: ReadonlySet<number>;
  title: string;
  annotations: readonly Annotation[];
  /** Times chosen by dragging, in Unix seconds. */
  onZoom: (from: number, to: number) => void;
  /** The ends of the line of time on which this is one row among others, in milliseconds. */
  row?: { from: number; to: number };
};

type ChartHandle = ReturnType<(typeof import('./echarts.ts'))['init']>;

/** All charts of a page point at the same moment. */
const group = 'monitoring';

/** One chart. The library comes when the first is drawn. */
export function Chart({ data, names, hidden, title, annotations, onZoom, row }: Props) {
  const t = useText();
  const format = useFormat();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ChartHandle>(null);
  const zoom = useRef(onZoom);
  const earlierWord = t(text.weekEarlier);
  const { from: rowFrom, to: rowTo } = row ?? {};

  useEffect(() => {
    zoom.current = onZoom;
  }, [onZoom]);

  useEffect(() => {
    let ended = false;
    const draw = async () => {
      const { connect, init } = await import('./echarts.ts');
      if (ended || !box.current) return;
      if (!chart.current) {
        const made = init(box.current);
        chart.current = made;
        made.group = group;
        connect(group);
        made.on('datazoom', (event) => {
          const { startValue, endValue } =
            (event as { batch?: { startValue?: number; endValue?: number }[] }).batch?.[0] ?? {};
          if (startValue === undefined || endValue === undefined) return;
          const [from, to] = [Math.floor(startValue / 1000), Math.ceil(endValue / 1000)];
          if (to - from >= 60) zoom.current(from, to);
        });
      }
      const narrow = box.current.clientWidth < 420;
      const option = optionOf({
        data,
        names,
        hidden,
        earlierWord,
        annotations,
        scheme,
        format,
        narrow,
        row: rowFrom === undefined || rowTo === undefined ? undefined : { from: rowFrom, to: rowTo },
      });
      chart.current.setOption(option as never, { notMerge: true });
      // A finger that moves across a chart scrolls the page.
      if (matchMedia('(pointer: fine)').matches) {
        chart.current.dispatchAction({
          type: 'takeGlobalCursor',
          key: 'dataZoomSelect',
          dataZoomSelectActive: true,
        });
      }
      box.current.dataset['drawn'] = 'yes';
    };
    void draw();
    return () => {
      ended = true;
    };
  }, [data, names, hidden, earlierWord, annotations, scheme, format, rowFrom, rowTo]);

  useEffect(() => {
    const watch = new ResizeObserver(() => chart.current?.resize());
    if (box.current) watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  return (
    <div
      ref={box}
      className={row ? styles.rowChart : styles.chart}
      role="img"
      aria-label={t(text.chartOf(title, data.series.length))}
    />
  );
}
