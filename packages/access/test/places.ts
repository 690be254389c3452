/** Organisations by the short names under which the tests speak of them: superior, kind, number in their code. */
export const places = {
  root: { n: 1, superior: null, kind: '县级党委' },
  a: { n: 2, superior: 'root', kind: '党工委' },
  b: { n: 3, superior: 'root', kind: '党委' },
  a1: { n: 4, superior: 'a', kind: '党支部' },
  a2: { n: 5, superior: 'a', kind: '党支部' },
  b1: { n: 6, superior: 'b', kind: '党支部' },
} as const
export type Place = keyof typeof places
export const placeNames = Object.keys(places) as Place[]

/** People by where they are. */
export const people = { kai: 'a1', lan: 'a1', mei: 'a2', ning: 'b1' } as const
export type Person = keyof typeof people
export const personNames = Object.keys(people) as Person[]

export const below = (place: Place): Place[] => [
  place,
  ...placeNames.filter(name => places[name].superior === place).flatMap(below),
]
export const above = (place: Place): Place[] => {
  const superior = places[place].superior
  return superior ? [superior, ...above(superior)] : []
}

/** What stands in a record and nowhere else: a name is known to inferiors, the secretary of a superior is not. */
export const nameOf = (place: Place) => `组织${place.toUpperCase()}号`
export const profileOf = (place: Place) => `书记${place.toUpperCase()}某`
export const personNameOf = (person: Person) => `成员${person.toUpperCase()}`

/** The branches, which meet, and somebody of each. */
export const meetingPlaces = ['a1', 'a2', 'b1'] as const
export type MeetingPlace = (typeof meetingPlaces)[number]
export const meetingPeople = { a1: 'kai', a2: 'mei', b1: 'ning' } as const satisfies Record<MeetingPlace, Person>
