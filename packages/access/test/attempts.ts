import { send } from '@linghang/harness/ask'
import { appealAttempts, appealDecisions } from './assessment-appeals.ts'
import { boardDecisions, ownNaming } from './assessment-boards.ts'
import { assessmentDecisions } from './assessment-decisions.ts'
import { drawAttempts } from './assessment-draws.ts'
import { factAttempts } from './assessment-facts.ts'
import { assessmentReports } from './assessment-reports.ts'
import { type Attempt, attempt, type Outcome } from './attempt.ts'
import { accountAttempts, fixingAttempts, oweAttempts, paymentAttempt, spendingAttempts } from './book-attempts.ts'
import type { ActorName, District } from './district.ts'
import { duesAttempts, ofTheCounty } from './dues-attempts.ts'
import { electionAttempts } from './elections.ts'
import { jointAttempts } from './joint.ts'
import { administeredBy, type Beyond, beyond, booksKeptBy, keptBy, seenBy } from './keepers.ts'
import { lifeAttempts, lifeDecisions } from './life.ts'
import { meetingAttempts } from './meetings.ts'
import { administrativeAttempts, organisationAttempts } from './organisations.ts'
import { meetingPlaces, people, placeNames } from './places.ts'
import { importAttempts, memberAttempts, registrationAttempts, revealAttempt } from './register-attempts.ts'
import { reviewAttempts } from './reviews.ts'

/** Changes at organisations that an actor does not keep: neither row-level security nor a use case lets them. */
function beyondScope(district: District, name: ActorName, { organisations, branches, members }: Beyond): Attempt[] {
  return [
    ...organisations.flatMap(place => organisationAttempts(place, district)),
    ...branches.flatMap(place => [
      ...meetingAttempts(place, district, name === 'ordinaryMember' && place === people.kai),
      ...electionAttempts(place, district),
      ...lifeAttempts(place, district),
      ...reviewAttempts(place, district),
      ...jointAttempts(place, district),
      ...factAttempts(place, district),
      ...registrationAttempts(place, district),
    ]),
    ...members.flatMap(who => memberAttempts(who, district)),
    // A key is of somebody's own file.
    ...(name === 'ordinaryMember' ? [] : [{ field: 'registerSignInKey', input: { publicKey: 'A'.repeat(43) } }]),
    ...(name === 'countyAdmin' || name === 'stranger' ? [] : [{ field: 'createMemberImport', input: {} }]),
  ]
}

/** What runs with the whole county's rights in the database once the use case has asked: the use case alone is tried. */
function beyondOffice(district: District, name: ActorName, { organisations, branches, members }: Beyond): Attempt[] {
  const kept = keptBy(name)
  const booksKept = booksKeptBy(name)
  const own = name === 'ordinaryMember' ? 'kai' : null
  return [
    ...duesAttempts(district, booksKept, own).made.filter(
      ({ field }) => name !== 'stranger' || !ofTheCounty.some(one => one === field),
    ),
    ...organisations.flatMap(place => fixingAttempts(place, district)),
    ...members.flatMap(who => oweAttempts(who, district)),
    // Accountant and cashier take what members pay: of those whose books they keep.
    ...members.filter(who => !booksKept.includes(people[who])).map(who => paymentAttempt(who, district)),
    ...placeNames.filter(place => !booksKept.includes(place)).flatMap(place => spendingAttempts(place, district)),
    // The account is the county's: whoever keeps its books is nobody here but the county's administrator.
    ...(name === 'countyAdmin'
      ? []
      : placeNames.flatMap(place => accountAttempts(place, kept.includes(place) ? 'root' : place, district))),
    ...branches.flatMap(place => appealAttempts(place, district)),
    ...(name === 'countyAdmin' || name === 'stranger' ? [] : decisions(district, name)),
  ]
}

/** Nobody of another county decides for this one: what they decide is their own. */
const decisions = (district: District, name: ActorName): Attempt[] => [
  ...(district.actors[name].memberId === null ? ownNaming() : []),
  ...lifeDecisions(),
  ...assessmentDecisions(),
  ...assessmentReports(),
  ...appealDecisions(),
  ...boardDecisions(district),
]

/**
 * Changes that are not this actor's to make. `BEYOND_SCOPE`: at organisations that they do not keep. `BEYOND_OFFICE`:
 * also what takes an administrator, at those that they do keep.
 */
type Kind = 'BEYOND_SCOPE' | 'BEYOND_OFFICE'

function attemptsOf(district: District, name: ActorName, kind: Kind): Attempt[] {
  const isOffice = kind === 'BEYOND_OFFICE'
  const theirs = beyond(name)
  const administered = administeredBy(name)
  const unadministered = placeNames.filter(place => !administered.includes(place))
  // Row-level security knows who reads and who writes; that only whoever writes is shown whole numbers, the use case knows.
  const revealed = isOffice ? theirs.members : theirs.members.filter(who => !seenBy(name).includes(who))
  return [
    ...beyondScope(district, name, theirs),
    ...(isOffice ? beyondOffice(district, name, theirs) : []),
    ...meetingPlaces.flatMap(place => drawAttempts(place, district, keptBy(name), isOffice)),
    ...revealed.map(who => revealAttempt(who, district)),
    ...(isOffice ? unadministered : theirs.organisations).flatMap(place =>
      administrativeAttempts(place, district.actors[name], district),
    ),
    ...(unadministered.includes('a2') ? importAttempts(district) : []),
  ]
}

/** A file put where a roster is expected that is not the actor's. */
async function upload({ world, actors, imports }: District, name: ActorName): Promise<Outcome> {
  const path = `/imports/${imports.members.split(':')[1]}/file`
  const { status } = await send(world.urls.members, actors[name], {
    ...{ method: 'PUT', path, body: Buffer.from('姓名\n某某\n') },
  })
  return { what: `PUT ${path}`, refused: status >= 400 && status < 500, codes: [String(status)] }
}

/** All of them at once: what one actor tries, they may try at the same moment. */
export const tryAll = (district: District, name: ActorName, kind: Kind): Promise<Outcome[]> =>
  Promise.all([
    ...attemptsOf(district, name, kind).map(one => attempt(district.world, district.actors[name], one)),
    ...(administeredBy(name).includes('a2') ? [] : [upload(district, name)]),
  ])
