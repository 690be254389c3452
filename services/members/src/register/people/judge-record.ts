import { judgeForm } from '@linghang/rosters'
import { personKindNames } from '../roster/coded-values.ts'
import { memberColumns } from '../roster/columns.ts'
import { createRosterJudge } from '../roster/judge-roster.ts'
import type { MemberRecord, StageDates } from '../roster/member-record.ts'
import type { PersonKind } from './member.ts'

type Form = Partial<StageDates> & { name: string; idNumber: string; kind: PersonKind; phone: string | null }

const branchCode = '000000000000000'

/**
 * Judges what a form says of one person by the very rules by which a roster's row is judged.
 * @param today in Asia/Shanghai
 * @throws DomainError RECORD_REFUSED with the first finding that is an error
 */
export function judgeRecord(form: Form, today: string): MemberRecord {
  const judge = createRosterJudge({ today, lookUpOrganisation: () => 'BRANCH' })
  const { name, idNumber, kind, phone, appliedOn, activistSince, candidateSince, joinedOn, fullMemberSince } = form
  const dates = { appliedOn, activistSince, candidateSince, joinedOn, fullMemberSince }
  const cells = { name, idNumber, kind: personKindNames[kind], organisationCode: branchCode, ...dates, phone }
  return judgeForm(memberColumns, cells, row => {
    const { member, silent, findings } = judge(row)
    return { record: member, silent, findings }
  })
}
