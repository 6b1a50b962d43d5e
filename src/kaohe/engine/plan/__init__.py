"""A scheme as a plan of Ibis expressions, and the plan as SQL of one engine."""

from kaohe.engine.plan.build import Stage, plan
from kaohe.engine.plan.names import CONSEQUENCES, INPUTS, RESULTS, STEPS

__all__ = ["CONSEQUENCES", "INPUTS", "RESULTS", "STEPS", "Stage", "plan"]
