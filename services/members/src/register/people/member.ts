import { recordHash } from '@linghang/access'
import type { Sex } from '@linghang/rulebook'
import { pinyin } from 'pinyin-pro'
import type { PersonKind } from '../roster/coded-values.ts'

export type { PersonKind }

/** A person as the register shows them: no whole ID or phone number is in it. */
export type Member = {
  id: string
  orgId: string
  name: string
  nameKey: string
  sex: Sex
  ethnicity: string | null
  birthDate: string
  education: string | null
  kind: PersonKind
  appliedOn: string | null
  activistSince: string | null
  candidateSince: string | null
  joinedOn: string | null
  fullMemberSince: string | null
  talkHeldOn: string | null
  lastReviewOn: string | null
  post: string | null
  idNumberMasked: string
  phoneMasked: string | null
  duesCategory: string | null
  duesBaseFen: bigint | null
  floating: boolean
  lostContact: boolean
  leftOn: string | null
  knownOn: string
  version: number
}

/** What a roster or a form says of a person; the numbers in it are keyed hashes. */
export type HashedRecord = Pick<
  Member,
  | 'orgId'
  | 'name'
  | 'sex'
  | 'ethnicity'
  | 'birthDate'
  | 'education'
  | 'kind'
  | 'appliedOn'
  | 'activistSince'
  | 'candidateSince'
  | 'joinedOn'
  | 'fullMemberSince'
  | 'post'
  | 'duesCategory'
  | 'duesBaseFen'
  | 'floating'
  | 'lostContact'
> & { idNumberHash: Uint8Array; phoneHash: Uint8Array | null }

/**
 * SHA-256 over what rosters say of a person: equal records are the same row again. Personal numbers come in as keyed
 * hashes, or the result could be searched for them.
 */
export const hashOf = (record: HashedRecord): Buffer =>
  recordHash([
    record.orgId,
    record.name,
    record.sex,
    record.ethnicity,
    record.birthDate,
    record.education,
    record.kind,
    record.appliedOn,
    record.activistSince,
    record.candidateSince,
    record.joinedOn,
    record.fullMemberSince,
    record.post,
    record.duesCategory,
    record.duesBaseFen?.toString() ?? null,
    record.floating,
    record.lostContact,
    Buffer.from(record.idNumberHash).toString('hex'),
    record.phoneHash && Buffer.from(record.phoneHash).toString('hex'),
  ])

/** The order in which people look for a name: pinyin, the surname read as a surname. */
export const nameKeyOf = (name: string): string =>
  pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' }).join(' ').toLowerCase()

/**
 * The beginning of a name as offices type it: in characters however wide, or in pinyin with or without spaces and with
 * v for ü. Null for nothing, which is everybody.
 */
export function nameBeginning(typed: string): { characters: string } | { pinyin: string } | null {
  const folded = typed.normalize('NFKC').replace(/\s+/gu, '')
  if (folded === '') return null
  if (!/^[a-zü']+$/i.test(folded)) return { characters: folded }
  return {
    pinyin: folded
      .toLowerCase()
      .replaceAll("'", '')
      .replaceAll(/(?<=[nl])v/g, 'ü'),
  }
}
