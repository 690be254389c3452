import { judgeRecord } from '../../register/people/judge-record.ts'
import { hashOf, type Member, nameKeyOf } from '../../register/people/member.ts'
import { requireKept, save } from '../../register/people/write-member.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'

/** What is decided step by step while a case is open, and not by a change of the register. */
const decidedByCase = ['kind', 'appliedOn', 'activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince'] as const

export type Change = Partial<Pick<Member, (typeof decidedByCase)[number] | 'name' | 'floating' | 'lostContact'>>

/**
 * Changes what is recorded of a person; what is left out stays.
 * @param expectedVersion the version that the caller saw; null changes whatever there is
 * @throws DomainError NOT_FOUND, CONFLICT, ALREADY_LEFT, CASE_DECIDES, RECORD_REFUSED
 */
export const changeMember = useCase(
  'changeMember',
  async (
    work,
    { id, change, expectedVersion }: { id: string; change: Change; expectedVersion: number | null },
  ): Promise<string> => {
    const seal = work.seal()
    const held = await requireKept(work, id)
    if (expectedVersion !== null && expectedVersion !== held.member.version) fail('CONFLICT', { what: `Member:${id}` })
    if (decidedByCase.some(field => change[field] !== undefined) && held.decidedByCase)
      fail('CASE_DECIDES', { field: decidedByCase.filter(field => change[field] !== undefined).join(', ') })
    const wanted = { ...held.member, ...change }
    const idNumber = seal.open(held.numbers.idNumberSealed, 'id-number').toString()
    judgeRecord({ ...wanted, idNumber, phone: null }, work.today)
    const after = { ...wanted, nameKey: nameKeyOf(wanted.name) }
    if (hashOf({ ...after, ...held.numbers }).equals(held.contentHash)) return id
    await save(work, held, after, 'members.member.changed.v1')
    return id
  },
)
