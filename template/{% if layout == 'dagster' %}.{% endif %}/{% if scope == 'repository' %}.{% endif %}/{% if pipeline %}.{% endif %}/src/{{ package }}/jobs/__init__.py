"""Jobs, and what starts them: schedules and sensors."""
