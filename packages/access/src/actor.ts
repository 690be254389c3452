/** Offices that a person or an app may hold at an organisation. MEMBER is not an office: it is being in the register. */
export const roles = [
  ...(['ADMIN', 'SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR', 'AUDITOR', 'TREASURER', 'CASHIER', 'APP'] as const),
]
export type Role = (typeof roles)[number]

/** A role at an organisation and everything below it; `orgId` null means the whole county. */
export type Grant = { role: Role; orgId: string | null }

export type Actor = {
  kind: 'PERSON' | 'APP' | 'SYSTEM'
  /** Null only for the system's own reactions. */
  accountId: string | null
  countyId: string
  /** The person's own file, when the account is linked to one. */
  memberId: string | null
  memberOrgId: string | null
  grants: Grant[]
  /**
   * The city whose office asks (市级); of nobody else there is one. It belongs to no county (`countyId` is `noCounty`), holds
   * no grant, and reads what is summed up of the city's counties.
   */
  cityId?: string
  /** What an app's token allows (`members:read`); empty for people, whose offices decide. */
  scopes: string[]
}

/** Stands where a county is asked for and there is none: for the gateway in its own name, for an office of a city. */
export const noCounty = '00000000-0000-0000-0000-000000000000'

/** Whether an office of a city asks. */
export const isOfCity = (actor: Actor): boolean => actor.cityId !== undefined

/** Who keeps the register: may change what they see. The others look on. */
const writingRoles: ReadonlySet<Role> = new Set(['ADMIN', 'SECRETARY'])

/** What a service does by itself for one county: reactions to events, running imports. */
export const systemActor = (countyId: string): Actor => ({
  kind: 'SYSTEM',
  accountId: null,
  countyId,
  memberId: null,
  memberOrgId: null,
  grants: [],
  scopes: [],
})

/** Who keeps the books of dues (会计、出纳) and nothing else: neither the register nor what it says of people is theirs. */
const bookRoles: ReadonlySet<Role> = new Set(['TREASURER', 'CASHIER'])
const isForBooks = ({ role }: Grant): boolean => bookRoles.has(role)
const placesOf = (grants: readonly Grant[]): string[] => grants.flatMap(({ orgId }) => orgId ?? [])

/** True when the actor may act on every organisation of the county. */
export const seesWholeCounty = (actor: Actor): boolean =>
  actor.kind === 'SYSTEM' || actor.grants.some(grant => grant.orgId === null && !isForBooks(grant))

/** Organisations at which the actor holds an office that sees; with everything below, that is what they see. */
export const readGrants = (actor: Actor): string[] => placesOf(actor.grants.filter(grant => !isForBooks(grant)))

/** Organisations whose books of dues, and those of everything below, the actor sees: whoever sees, and who keeps books. */
export const bookReadGrants = (actor: Actor): string[] => placesOf(actor.grants)

/** Organisations whose books of dues, and those of everything below, the actor keeps: with the register, or by office. */
export const bookGrants = (actor: Actor): string[] => [
  ...writeGrants(actor),
  ...(actor.kind === 'PERSON' ? placesOf(actor.grants.filter(isForBooks)) : []),
]

/** Organisations whose register, and everything below, the actor keeps. */
export const writeGrants = (actor: Actor): string[] =>
  actor.grants.flatMap(grant => (grant.orgId !== null && mayWriteAs(actor, grant) ? [grant.orgId] : []))

export const writesWholeCounty = (actor: Actor): boolean =>
  actor.kind === 'SYSTEM' || actor.grants.some(grant => grant.orgId === null && mayWriteAs(actor, grant))

function mayWriteAs(actor: Actor, grant: Grant): boolean {
  if (actor.kind === 'APP') return actor.scopes.some(scope => scope.endsWith(':write'))
  return writingRoles.has(grant.role)
}

/** Who reads what was done and looked at: the others have their own work to read. */
const auditingRoles: ReadonlySet<Role> = new Set(['ADMIN', 'DISCIPLINE_INSPECTOR', 'AUDITOR'])
const auditsBy = (actor: Actor): Grant[] =>
  actor.kind === 'PERSON' ? actor.grants.filter(({ role }) => auditingRoles.has(role)) : []

/** Organisations whose audit, and that of everything below, the actor reads. */
export const auditGrants = (actor: Actor): string[] =>
  auditsBy(actor).flatMap(({ orgId }) => (orgId === null ? [] : [orgId]))

export const auditsWholeCounty = (actor: Actor): boolean => auditsBy(actor).some(({ orgId }) => orgId === null)
