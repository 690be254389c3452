import type { EventData } from '@linghang/events'
import type { FactKind } from '../kinds/fact-kinds.ts'
import type { Telling } from './telling.ts'

/** What was written down by hand; taken back it is no fact. */
function recorded(fact: EventData<'assessment.fact.recorded.v1'>): Telling {
  const { id, orgId, subjectType, subjectId, kind, day, quantity, attributes, withdrawn, version } = fact
  // Only kinds that there are can be written down.
  const told = { subjectType, subjectId, orgId, kind: kind as FactKind, day, quantity, attributes }
  return {
    toldAs: 'assessment.fact',
    source: { type: 'RecordedFact', id, version },
    orgId,
    facts: withdrawn ? [] : [told],
  }
}

export const recordedTellers = { 'assessment.fact.recorded.v1': recorded }
