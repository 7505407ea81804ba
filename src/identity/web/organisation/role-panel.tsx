import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { roles } from '#src/identity/contract/roles.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';

const explained = {
  owner: text.ownerMay,
  admin: text.adminMay,
  operator: text.operatorMay,
  developer: text.developerMay,
  viewer: text.viewerMay,
};

/** What each role may do, in words. */
export function RolePanel() {
  const t = useText();
  return (
    <Panel title={t(text.roles)}>
      <FactList
        facts={roles.map((role) => ({ name: t(organisationText[role]), value: t(explained[role]) }))}
      />
    </Panel>
  );
}
