import { newestOf, reaction } from '@linghang/events'
import { termDeadlines } from '@linghang/rulebook'
import { traceparentsOf, watchSubjects } from '../../time/watch/watch-subjects.ts'
import type { Work } from '../../work.ts'

/** Organisations have terms that end. */
export const watchTerms = reaction(
  ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async (work: Work, events) => {
    const subjects = newestOf(events, organisation => organisation.id).map(({ id, version, term, termEnd }) => ({
      id,
      subjectId: id,
      subjectType: 'ORGANISATION' as const,
      orgId: id,
      type: 'ORGANISATION' as const,
      version,
      deadlines: termDeadlines({ termEnd: termEnd ?? term?.end ?? null }).map(deadline => ({
        ...deadline,
        office: { role: deadline.office.role, orgId: id },
        ladder: null,
      })),
    }))
    await watchSubjects(work, subjects, traceparentsOf(events))
  },
)
