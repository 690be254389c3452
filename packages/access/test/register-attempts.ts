import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { type Person, type Place, people } from './places.ts'

/** Every change of the file of somebody who is not the actor's to keep. */
export const memberAttempts = (who: Person, { org, person }: District): Attempt[] =>
  attemptsBy({
    changeMember: { id: person[who], floating: true },
    transferMember: { id: person[who], organisationId: org.a1 },
    recordLeaving: { memberId: person[who], leftOn: '2020-01-01', reason: '出国' },
  })

export const revealAttempt = (who: Person, { person }: District): Attempt => ({
  field: 'revealIdentity',
  input: { memberId: person[who], reason: '查看' },
})

/** People brought into a branch that is not the actor's to keep. */
export const registrationAttempts = (place: Place, { org, person, rows }: District): Attempt[] => [
  {
    field: 'registerMember',
    input: {
      ...{ organisationId: org[place], name: '新人', idNumber: rows.kai.公民身份号码 },
      ...{ kind: 'APPLICANT', appliedOn: '2024-01-01' },
    },
  },
  ...(place === people.lan ? [] : attemptsBy({ transferMember: { id: person.lan, organisationId: org[place] } })),
]

/** What is done with the roster of another's branch. */
export const importAttempts = ({ imports }: District): Attempt[] =>
  attemptsBy({
    previewMemberImport: { id: imports.members },
    commitMemberImport: { id: imports.members, mode: 'VALID' },
  })
