"""The aspects that are judged of an AI item, each with the evidence that it rests on."""
