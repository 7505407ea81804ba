import { PanelData } from '#src/fleet/contract/metrics-panels.ts';
import { type Api, problemOf } from '#src/platform/web/api.ts';
import type { Monitoring } from './dashboard.tsx';

/** Whether metrics are kept at all, with the reason in words when they are not; and the time by the server's clock. */
export async function loadMonitoring(api: Api): Promise<Monitoring> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  try {
    await api.get(
      `/api/fleet/metrics/panels/hosts-heard?from=${nowSeconds - 60}&to=${nowSeconds}`,
      PanelData,
    );
    return { nowSeconds, notKept: null };
  } catch (error) {
    const problem = problemOf(error);
    if (problem?.status !== 503) throw error;
    return { nowSeconds, notKept: problem.detail };
  }
}
