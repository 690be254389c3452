import type { OrganisationApproval } from '@linghang/rulebook'
import type { OrganisationKind } from '../organisations/organisation.ts'

export type ChangeKind = 'SETUP' | 'RENAME' | 'UPGRADE' | 'MOVE' | 'MERGE' | 'SPLIT' | 'DISSOLVE'

/** What each kind of change asks the superior for. */
export const approvalOfChange = {
  SETUP: 'ORGANISATION_SETUP',
  RENAME: 'ORGANISATION_RENAME',
  UPGRADE: 'ORGANISATION_UPGRADE',
  MOVE: 'ORGANISATION_MOVE',
  MERGE: 'ORGANISATION_MERGE',
  SPLIT: 'ORGANISATION_SPLIT',
  DISSOLVE: 'ORGANISATION_DISSOLUTION',
} as const satisfies Readonly<Record<ChangeKind, OrganisationApproval>>

/** What becomes of an organisation; null where the kind of change does not say it. */
export type Becomes = {
  code: string | null
  name: string | null
  toKind: OrganisationKind | null
  superiorId: string | null
  /** Which organisation its people come to when it ends. */
  intoOrgId: string | null
  /** The last day of a temporary branch. */
  endsOn: string | null
  /** Who comes to the new branch when one is split; empty for all else. */
  memberIds: string[]
}

/** A change to an organisation as a process: asked for, decided by the superior, carried out. */
export type OrganisationChange = Becomes & {
  id: string
  /** Which organisation changes; for one to be set up, that below which it is to be. */
  orgId: string
  kind: ChangeKind
  state: 'REQUESTED' | 'RETURNED' | 'REFUSED' | 'WITHDRAWN' | 'BLOCKED' | 'DONE'
  approvalId: string
  reason: string
  requestedOn: string
  decidedOn: string | null
  doneOn: string | null
  /** The code of what stands in the way of an approved one. */
  blockedBy: string | null
  madeOrgId: string | null
  revision: number
}

/** What each kind has to say. */
const saysOf: Readonly<Record<ChangeKind, readonly (keyof Becomes)[]>> = {
  SETUP: ['code', 'name', 'toKind'],
  RENAME: ['name'],
  UPGRADE: ['toKind'],
  MOVE: ['superiorId'],
  MERGE: ['intoOrgId'],
  SPLIT: ['code', 'name', 'memberIds'],
  DISSOLVE: [],
}

/** What a change has to say: a temporary branch is set up with its last day (支部工作条例, art. 8). */
export const wantedOf = (kind: ChangeKind, toKind: OrganisationKind | null): readonly (keyof Becomes)[] =>
  kind === 'SETUP' && toKind === 'TEMPORARY_BRANCH' ? [...saysOf.SETUP, 'endsOn'] : saysOf[kind]

/** What a kind may say beside; nothing else. */
export const maySay: Readonly<Partial<Record<ChangeKind, readonly (keyof Becomes)[]>>> = { DISSOLVE: ['intoOrgId'] }

/** Whether the organisation itself ends by it. */
export const isEnd = (kind: ChangeKind): boolean => kind === 'MERGE' || kind === 'DISSOLVE'
