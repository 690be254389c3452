import type { ActorName } from './district.ts'
import { below, type MeetingPlace, meetingPlaces, type Person, type Place, people, placeNames } from './places.ts'

/** Where each keeps the register and, of those, where each appoints and imports. */
const keeps: Record<ActorName, Place | null> = {
  countyAdmin: 'root',
  leaderOfA: null,
  inspectorOfA: null,
  adminOfA: 'a',
  treasurerOfA: null,
  cashierOfA1: null,
  secretaryOfA1: 'a1',
  adminOfA1: 'a1',
  ordinaryMember: null,
  appOfA1: 'a1',
  readingAppOfA1: null,
  stranger: null,
  officeOfCity: null,
}
/** Whose books each keeps, with all below. */
const keepsBooks: Record<ActorName, Place | null> = { ...keeps, treasurerOfA: 'a', cashierOfA1: 'a1' }
const administers: ReadonlySet<ActorName> = new Set(['countyAdmin', 'adminOfA', 'adminOfA1'])
const sees: Record<ActorName, readonly Person[]> = {
  countyAdmin: ['kai', 'lan', 'mei', 'ning'],
  leaderOfA: ['kai', 'lan', 'mei'],
  inspectorOfA: ['kai', 'lan', 'mei'],
  adminOfA: ['kai', 'lan', 'mei'],
  treasurerOfA: [],
  cashierOfA1: [],
  secretaryOfA1: ['kai', 'lan'],
  adminOfA1: ['kai', 'lan'],
  ordinaryMember: ['kai'],
  appOfA1: ['kai', 'lan'],
  readingAppOfA1: ['kai', 'lan'],
  stranger: [],
  officeOfCity: [],
}

/** Whose books an actor keeps: their own place and all below. */
export const booksKeptBy = (name: ActorName): Place[] => (keepsBooks[name] ? below(keepsBooks[name]) : [])
/** Whose register an actor keeps. */
export const keptBy = (name: ActorName): Place[] => (keeps[name] ? below(keeps[name]) : [])
/** Where an actor appoints and imports. */
export const administeredBy = (name: ActorName): Place[] => (administers.has(name) ? keptBy(name) : [])
/** Whose files an actor may read. */
export const seenBy = (name: ActorName): readonly Person[] => sees[name]

/** Of each branch one. */
const someone: readonly Person[] = ['kai', 'mei', 'ning']
export type Beyond = { organisations: Place[]; branches: MeetingPlace[]; members: Person[] }

/** What is not this actor's to keep: organisations, those of them that meet, and somebody of each. */
export function beyond(name: ActorName): Beyond {
  const kept = keptBy(name)
  return {
    organisations: placeNames.filter(place => !kept.includes(place)),
    branches: meetingPlaces.filter(place => !kept.includes(place)),
    members: someone.filter(who => !kept.includes(people[who])),
  }
}
