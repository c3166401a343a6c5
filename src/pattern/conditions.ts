import type { Comparison, DelimitedPattern, Expression, FilterPattern, Operand, Step, Wildcard } from './syntax.js';

/** Whether an expression is one condition, not several that are joined. */
export function isCondition<Condition extends { readonly kind: string }>(
  expression: Expression<Condition>,
): expression is Condition {
  return expression.kind !== 'all' && expression.kind !== 'any';
}

/** The conditions of an expression, from left to right. */
export function conditionsOf<Condition extends { readonly kind: string }>(
  expression: Expression<Condition>,
): readonly Condition[] {
  return isCondition(expression) ? [expression] : expression.parts.flatMap((part) => conditionsOf(part));
}

/** The values that a pattern of conditions compares with `=` and `!=`, from left to right. */
export function operandsOf(pattern: FilterPattern): readonly Operand[] {
  const conditions =
    pattern.kind === 'json'
      ? conditionsOf(pattern.condition)
      : pattern.kind === 'delimited'
        ? fieldConditionsOf(pattern)
        : [];
  return conditions.flatMap((condition) => (condition.kind === 'equality' ? [condition.operand] : []));
}

/** The conditions on the fields of a line, from left to right. */
export function fieldConditionsOf({ fields }: DelimitedPattern): readonly Comparison[] {
  return fields.flatMap((field) =>
    field.kind === 'ellipsis' || field.condition === undefined ? [] : conditionsOf(field.condition),
  );
}

/** Whether a step can lead to several values. */
export function isWildcard(step: Step): step is Wildcard {
  return step.kind === 'members' || step.kind === 'elements';
}
