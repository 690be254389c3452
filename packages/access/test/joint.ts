import { shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { each, type Facts, type Look } from './facts.ts'
import { type MeetingPlace, meetingPlaces, type Place, placeNames } from './places.ts'

const titleOf = (place: Place) => `联合${place.toUpperCase()}建`

/** A joint activity that each branch hosts, with the county's committee, which sees it anyway. @returns ids by place */
export async function seedJoint(county: County, org: Record<Place, string>, codes: Record<Place, string>) {
  const heldOn = shanghaiDay(new Date())
  const plan = async (place: MeetingPlace) => {
    const input = { organisationId: org[place], kind: 'JOINT_ACTIVITY', title: titleOf(place), heldOn }
    const { planJointActivity } = dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'mutation ($input: PlanJointActivityInput!) { planJointActivity(input: $input) { activity { id } } }',
        { input: { ...input, inviteCodes: [codes.root] } },
      ),
    )
    return [place, planJointActivity.activity.id as string] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(plan))) as Record<MeetingPlace, string>
}

/** Every entry to joint activities. */
export const jointEntrancesOf = ({ org }: Pick<District, 'org'>): Record<string, Look> => ({
  'joint activities': async (ask, actor) => {
    const refs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
    const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
      jointActivities { title parties { name } } } } }`
    const found = (await ask.org(actor, document, { refs })).data?._entities
    return each(placeNames, found, ({ jointActivities }) => {
      const text = JSON.stringify(jointActivities)
      return meetingPlaces.flatMap(place => (text.includes(titleOf(place)) ? [`joint ${place}`] : []))
    })
  },
})

export const jointFactsOf = (branches: readonly Place[]): Record<string, Facts> => ({
  'joint activities': branches.map(name => `joint ${name}`),
})

/** Every mutation on joint activities, on one that is not the actor's to touch. */
export function jointAttempts(
  place: MeetingPlace,
  { org, codes, joint }: Pick<District, 'org' | 'codes' | 'joint'>,
): Attempt[] {
  const activityId = joint[place]
  const heldOn = shanghaiDay(new Date())
  const inputs = {
    planJointActivity: {
      ...{ organisationId: org[place], kind: 'CLASS', title: '私办', heldOn, inviteCodes: [codes.root] },
    },
    answerJointInvitation: { activityId, organisationId: org.root, accepts: true },
    giveJointList: { activityId, organisationId: org[place] },
    closeJointActivity: { activityId },
  }
  return attemptsBy(inputs)
}
