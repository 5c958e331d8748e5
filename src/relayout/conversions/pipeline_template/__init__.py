"""A template for new pipelines, made out of one that is there."""

from relayout.conversions.pipeline_template.making import PipelineTemplate, make_template

__all__ = ["PipelineTemplate", "make_template"]
