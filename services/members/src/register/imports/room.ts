import { importRoom } from '@linghang/rosters/imports'
import type { Work } from '../../work.ts'
import { memberById } from '../people/read-members.ts'

/** Rosters of people: judged against the register and taken over. */
export const memberImports = importRoom<Work>({ type: 'MemberImport', service: 'members', subject: memberById })
