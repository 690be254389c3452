import { describe, expect, test } from '@jest/globals'
import { createPlanSteps } from './plan-step.ts'

describe('platform a step of a plan', () => {
  test.each([
    ['{ a b: c { d } __typename }', true, ['a', 'b']],
    ['mutation { rename { id } }', false, ['rename']],
    [
      'query($representations:[_Any!]!){_entities(representations:$representations){...on T{x y{z}}...on U{x w}}}',
      true,
      ['x', 'y', 'w'],
    ],
  ])('platform %s', (text, isQuery, fields) => {
    expect(createPlanSteps()(text)).toEqual({ json: JSON.stringify(text), isQuery, fields })
  })
})
