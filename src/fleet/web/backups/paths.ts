/** The addresses of the API that the pages of backups use; a cluster is named by its name or its id. */
export const paths = {
  clusters: '/api/fleet/clusters?limit=200',
  plans: '/api/fleet/backup-plans',
  policies: '/api/fleet/backup-policies',
  policy: (id: string) => `/api/fleet/backup-policies/${id}`,
  externals: '/api/fleet/external-databases',
  external: (id: string) => `/api/fleet/external-databases/${id}`,
  externalKey: (id: string) => `/api/fleet/external-databases/${id}/key`,
  repositories: '/api/fleet/repositories',
  repository: (id: string) => `/api/fleet/repositories/${id}`,
  repositoryKey: (id: string) => `/api/fleet/repositories/${id}/key`,
  backups: (cluster: string) => `${of(cluster)}/backups`,
  enable: (cluster: string) => `${of(cluster)}/backups/enable`,
  disable: (cluster: string) => `${of(cluster)}/backups/disable`,
  look: (cluster: string) => `${of(cluster)}/backups/look`,
  window: (cluster: string) => `${of(cluster)}/restore-window`,
  preview: (cluster: string) => `${of(cluster)}/restore-preview`,
  restores: (cluster: string) => `${of(cluster)}/restores`,
  drills: (cluster: string) => `${of(cluster)}/drills`,
  drillPlan: (cluster: string) => `${of(cluster)}/drill-plan`,
  evidence: (drill: string, form: 'html' | 'pdf', lang: string) =>
    `/api/fleet/drills/${drill}/evidence.${form}?lang=${lang}`,
  recoveryCard: (cluster: string, lang: string) => `${of(cluster)}/recovery-card?lang=${lang}`,
  takeFromRestore: (id: string) => `/api/fleet/restores/${id}/take`,
  cleanRestore: (id: string) => `/api/fleet/restores/${id}/clean`,
};

function of(cluster: string): string {
  return `/api/fleet/clusters/${encodeURIComponent(cluster)}`;
}
