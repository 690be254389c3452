import type { DuesCategory, IsoDate, Sex } from '@linghang/rulebook'
import type { Education, PersonKind } from './coded-values.ts'

/** The dates of the stages a person has passed, as far as the roster knows them. */
export type StageDates = {
  appliedOn: IsoDate | null
  activistSince: IsoDate | null
  candidateSince: IsoDate | null
  joinedOn: IsoDate | null
  fullMemberSince: IsoDate | null
}

/** A person as a roster tells them. */
export type MemberRecord = StageDates & {
  name: string
  idNumber: string
  sex: Sex
  ethnicity: string | null
  birthDate: IsoDate
  education: Education | null
  kind: PersonKind
  organisationCode: string
  post: string | null
  phone: string | null
  duesCategory: DuesCategory | null
  duesBaseFen: bigint | null
  floating: boolean
  lostContact: boolean
}
