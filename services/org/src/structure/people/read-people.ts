import type { Work } from '../../work.ts'
import { peopleStore } from './store.ts'

/** The organisation that somebody belongs to; null for whoever is not known here. */
export const organisationOfPerson = ({ tx }: Pick<Work, 'tx'>, memberId: string): Promise<string | null> =>
  peopleStore.organisationOf(tx, memberId)

/** Whether somebody of the register belongs to this very organisation. */
export const hasPeople = ({ tx }: Pick<Work, 'tx'>, orgId: string): Promise<boolean> => peopleStore.hasPeople(tx, orgId)
