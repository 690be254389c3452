import { hashOf, type Organisation, type OrganisationRecord } from '../organisations/organisation.ts'
import type { Changed } from '../organisations/take-in.ts'
import type { Staged } from './store.ts'

/** Rows beside what the register has: what is new, what is changed. Of what a row says nothing the register keeps what it has. */
export function weighRows(
  rows: readonly Staged[],
  known: ReadonlyMap<string, Organisation>,
  newId: () => string,
): { added: Organisation[]; changed: Changed[] } {
  const idOf = new Map([...known].map(([code, organisation]) => [code, organisation.id]))
  for (const { record } of rows) if (!idOf.has(record.code)) idOf.set(record.code, newId())
  const added: Organisation[] = []
  const changed: Changed[] = []
  for (const { record } of rows) {
    const before = known.get(record.code)
    const wanted = toRecord(record, idOf, before)
    if (!before)
      added.push({
        id: idOf.get(record.code) as string,
        version: 1,
        approvalPower: null,
        endedOn: null,
        endedInto: null,
        endsOn: null,
        ...wanted,
      })
    else if (!hashOf(before).equals(hashOf(wanted))) changed.push({ before, record: wanted })
  }
  return { added, changed }
}

function toRecord(
  { superiorCode, silent, ...said }: Staged['record'],
  idOf: ReadonlyMap<string, string>,
  before: Organisation | undefined,
): OrganisationRecord {
  const superiorId = superiorCode === null ? null : (idOf.get(superiorCode) ?? unknownSuperior(superiorCode))
  const kept = before ? Object.fromEntries(silent.map(field => [field, before[field]])) : {}
  // A roster that gives the end alone does not take away the beginning that goes with it.
  const term = said.term?.start === null && before?.term?.end === said.term.end ? before.term : said.term
  return { ...said, term, ...kept, superiorId }
}

/** The preview has seen the superior, so it has gone in between: the chunk is tried again and then fails as a whole. */
function unknownSuperior(code: string): never {
  throw new RangeError(`the superior ${code} is no longer registered`)
}
