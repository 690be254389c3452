import type { OrganisationState } from '@linghang/events'
import { caseLadders, termDeadlines } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

const termEndOf = ({ termEnd, term }: OrganisationState): string | null => termEnd ?? term?.end ?? null

/** The term of an organisation, for as long as its end is known and it goes on. */
export const termOfOffice = process({
  kind: 'TERM_OF_OFFICE',
  purpose: 'terms',
  watches: ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  watched: organisation => ({
    id: organisation.id,
    subjectId: organisation.id,
    subjectType: 'ORGANISATION',
    orgId: organisation.id,
    version: organisation.version,
    isOpen: termEndOf(organisation) !== null && !organisation.endedOn,
  }),
  datesOf: organisation =>
    termDeadlines({ termEnd: termEndOf(organisation) }).map(date => ({
      ...date,
      office: { role: date.office.role, orgId: organisation.id },
    })),
  ladder: () => caseLadders.TERM_ENDS,
  comesBack: false,
  title: { TERM_ENDS: '任期届满' },
})
