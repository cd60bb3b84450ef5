import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { includesRole, type Role } from '../repository.ts';
import { showAccount } from '../show-account.ts';

/** Who may do what, and who is who. */
export const accessRoutes: Routes = {
  'repos/get-collaborator-permission-level': (call: Call): Answer => {
    const account = call.world.accounts.find(call.params['username'] ?? '');
    if (account === undefined) throw new ApiFault(404, `${call.params['username']} is not a user`);
    const role = call.repository.roleOf(account.login);
    const may = (wanted: Role) => includesRole(role, wanted);
    const permissions = {
      pull: may('read'),
      triage: may('triage'),
      push: may('write'),
      maintain: may('maintain'),
      admin: may('admin'),
    };
    const user = { ...showAccount(call.world, account), permissions, role_name: role };
    return { status: 200, body: { permission: simplify(role), role_name: role, user } };
  },
  'teams/get-membership-for-user-in-org': (call: Call): Answer => {
    const { team, organization } = findTeam(call);
    const login = (call.params['username'] ?? '').toLowerCase();
    if (!team.has(login)) throw notFound();
    const url = `${call.world.apiUrl}/orgs/${organization}/teams/${call.params['team_slug']}/memberships/${login}`;
    return { status: 200, body: { role: 'member', state: 'active', url } };
  },
  'teams/list-members-in-org': (call: Call) =>
    answerList(
      call,
      [...findTeam(call).team].map((login) => showAccount(call.world, login)),
    ),
  'users/get-by-username': (call: Call): Answer => {
    const account = call.world.accounts.find(call.params['username'] ?? '');
    if (account === undefined) throw notFound();
    return { status: 200, body: showAccount(call.world, account) };
  },
  'users/get-authenticated': (call: Call): Answer => {
    if (call.token === undefined) throw new ApiFault(401, 'Requires authentication');
    if (call.token.kind !== 'user') throw new ApiFault(403, 'Resource not accessible by integration');
    return { status: 200, body: { ...showAccount(call.world, call.token.login), two_factor_authentication: true } };
  },
};

/** The old field knows four words only: GitHub says `write` for maintain and `read` for triage. */
function simplify(role: Role): string {
  return role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
}

function findTeam(call: Call): { team: ReadonlySet<string>; organization: string } {
  const organization = call.params['org'] ?? '';
  const team = call.world.accounts.findTeam(`${organization}/${call.params['team_slug']}`);
  if (team === undefined) throw notFound();
  return { team, organization };
}
