# Copyright 2026 The Frameflow Authors
#
# Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
# in compliance with the License. You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software distributed under the License
# is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
# or implied. See the License for the specific language governing permissions and limitations under
# the License.
"""Which objects count as there to be found, in training, in evaluation and in the clips' ground truth."""

# The least share of an object's area that is seen: neither hidden nor outside the frame.
LEAST_VISIBILITY = 0.25
# The least height and width of its box, as shares of the frame's longer side: 8 and 3 pixels of 416.
LEAST_HEIGHT = 8 / 416
LEAST_WIDTH = 3 / 416


def counts(width, height, visibility, longer_side):
    """For boxes of some width and height in pixels of a frame with that longer side; works on tensors."""
    large = (height >= LEAST_HEIGHT * longer_side) & (width >= LEAST_WIDTH * longer_side)
    return large & (visibility >= LEAST_VISIBILITY)
