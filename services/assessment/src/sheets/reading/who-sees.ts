import type { Work } from '../../work.ts'

/** Offices at the branch itself see its people; of books they see none. */
const atTheBranch: ReadonlySet<string> = new Set(['ADMIN', 'SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR'])

/**
 * Those of these organisations whose members' sheets the actor may read (B8): its own committee, whoever keeps its register and
 * the discipline inspectors (S2-18). Whoever is above and only looks on sees branches, not people.
 */
export async function seesPeopleOf({ actor, supervision }: Work, orgIds: readonly string[]): Promise<Set<string>> {
  if (actor.kind === 'APP') return new Set()
  const own = actor.grants.flatMap(({ role, orgId }) => (orgId !== null && atTheBranch.has(role) ? [orgId] : []))
  const kept = await supervision.kept(orgIds)
  const inspected = await supervision.heldAs('DISCIPLINE_INSPECTOR', orgIds)
  return new Set(orgIds.filter(id => own.includes(id) || kept.has(id) || inspected.has(id)))
}
