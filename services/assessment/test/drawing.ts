import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { addDays } from '@linghang/rulebook'

export const today = shanghaiDay(new Date())
/** The first day of the present quarter, or of one before it. */
export function quarterOf(back = 0): string {
  const [year, month] = today.split('-').map(Number) as [number, number]
  const months = year * 12 + Math.floor((month - 1) / 3) * 3 - 3 * back
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}

export const scoresOf = (points: number[]) =>
  ['HELD_AS_RECORDED', 'TOPIC_TO_THE_POINT', 'DISCUSSED', 'CARRIED_OUT'].map((key, i) => ({ key, points: points[i] }))

/** What opens a draw of a committee for today, with what is different. */
export const opening = (organisationId: string, more: object = {}) => ({
  ...{ organisationId, quarter: quarterOf(), share: 1, basis: '工委〔2026〕5 号', reviewsDueOn: addDays(today, 20) },
  ...more,
})

/** How draws of a county are held through the API of assessment. */
export function createDrawing({ world }: County) {
  const ask = (by: Actor, document: string, variables: object = {}) =>
    world.askUntyped.assessment(by, document, variables as never)
  const change = (by: Actor, field: string, input: object, fields = '__typename') => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    return ask(by, `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`, { input })
  }
  return {
    ask,
    change,
    read: async (by: Actor, document: string, variables: object = {}) => dataOf(await ask(by, document, variables)),
    done: async (by: Actor, field: string, input: object, fields = '__typename') =>
      dataOf(await change(by, field, input, fields)).done,
    refused: async (by: Actor, field: string, input: object): Promise<string[]> =>
      codesOf(await change(by, field, input)),
  }
}
