import { refuseForm } from '@linghang/rosters'
import { personKindNames } from '../roster/coded-values.ts'
import { type MemberColumn, memberColumns } from '../roster/columns.ts'
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
  const cells = Object.fromEntries(memberColumns.map(({ key }) => [key, ''])) as Record<MemberColumn, string>
  const { member, silent, findings } = judge({
    line: 1,
    findings: [],
    cells: {
      ...cells,
      name: form.name,
      idNumber: form.idNumber,
      kind: personKindNames[form.kind],
      organisationCode: branchCode,
      appliedOn: form.appliedOn ?? '',
      activistSince: form.activistSince ?? '',
      candidateSince: form.candidateSince ?? '',
      joinedOn: form.joinedOn ?? '',
      fullMemberSince: form.fullMemberSince ?? '',
      phone: form.phone ?? '',
    },
  })
  return refuseForm(memberColumns, { record: member, silent, findings })
}
